import { z } from 'zod';

const callSchema = z.object({ id: z.number(), method: z.string(), input: z.unknown() });

/** Answers the calls of {@link Child} in this process, one at a time. */
export function answerCalls(methods: Readonly<Record<string, (input: unknown) => unknown>>): void {
  let last: Promise<unknown> = Promise.resolve();
  process.on('message', (message) => {
    const { id, method, input } = callSchema.parse(message);
    last = last.then(async () => {
      try {
        process.send?.({ id, result: (await methods[method]?.(input)) ?? null });
      } catch (error) {
        process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      }
    });
  });
  process.on('disconnect', () => process.exit());
}
