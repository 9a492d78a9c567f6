import { expect, it } from 'vitest';
import { configSchema } from './config.ts';

it('keeps the ledger at least a day longer than the spans that it is counted from', () => {
  const check = (spanRetention: string, ledgerRetention: string) =>
    configSchema.safeParse({ spanRetention, ledgerRetention }).error?.issues.map(({ path }) => path);
  expect(check('90d', '90d')).toEqual([['ledgerRetention']]);
  expect(check('90d', '91d')).toBeUndefined();
});
