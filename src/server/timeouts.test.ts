import { describe, expect, it } from 'vitest';
import { testServers } from '../../test/factories/test-server.ts';

describe('a connection', () => {
  const serve = testServers();

  it('is not cut while the longest question is answered, yet must send its headers soon', async () => {
    const { app, ctx } = await serve();
    expect(app.server.timeout).toBeGreaterThan(ctx.config.queryTimeout);
    expect(app.server.headersTimeout).toBeLessThan(ctx.config.queryTimeout);
  });
});
