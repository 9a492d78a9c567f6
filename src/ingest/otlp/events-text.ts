import { otlpLimits } from './limits.ts';

/** Events as JSON text, as `events` of a span says, gathered up to the limits. */
export class EventsText {
  #text = '';
  #count = 0;

  get full(): boolean {
    return this.#count >= otlpLimits.events || this.#text.length >= otlpLimits.eventsLength;
  }

  add(event: { readonly timeNs: bigint; readonly name: string; readonly attributes: readonly string[] }): void {
    let attributes = '';
    for (let index = 0; index + 1 < event.attributes.length; index += 2) {
      attributes += `${index === 0 ? '' : ','}${JSON.stringify(event.attributes[index])}:${JSON.stringify(event.attributes[index + 1])}`;
    }
    const text = `{"time":"${event.timeNs}","name":${JSON.stringify(event.name)},"attributes":{${attributes}}}`;
    if (this.#text.length + text.length > otlpLimits.eventsLength) {
      this.#count = otlpLimits.events;
      return;
    }
    this.#text += this.#count === 0 ? text : `,${text}`;
    this.#count++;
  }

  /** Empty when there was no event. */
  toString(): string {
    return this.#text === '' ? '' : `[${this.#text}]`;
  }
}
