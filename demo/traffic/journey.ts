import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CUSTOMERS, customerName, drawVisitor, passwordOf, type Visitor } from '../bank/customers.ts';
import { planJourney, type Step } from '../bank/journey-plan.ts';
import type { Operation } from '../bank/timing.ts';
import { send } from './client.ts';

const tokenAnswer = z.object({ token: z.string() });
const accountsAnswer = z.object({ accounts: z.array(z.object({ id: z.int() })).min(1) });
const paymentAnswer = z.object({ id: z.string() });

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Tokens of customers who were here before: what a phone keeps for a quick return. */
const rememberedTokens = new Map<string, string>();

/** One customer's visit, as far as it goes: a failed answer ends it, as it would for a person. */
class Visit {
  readonly #gatewayUrl: string;
  readonly #visitor: Visitor;
  #token: string | undefined;
  #account = 0;
  #payment = '';

  constructor(gatewayUrl: string, visitor: Visitor) {
    this.#gatewayUrl = gatewayUrl;
    this.#visitor = visitor;
  }

  /** Takes a step; false when the visit is over. */
  async take(step: Step): Promise<boolean> {
    await sleep(step.pauseMs);
    const answer = await this.#ask(step);
    if (step.mistyped && answer.status === 401) return true;
    if (answer.status < 200 || answer.status > 299) return false;
    this.#remember(step.operation, readJson(answer.body));
    return true;
  }

  #ask(step: Step): Promise<{ status: number; body: string }> {
    switch (step.operation) {
      case 'login':
        return this.#signIn(step.mistyped);
      case 'refresh':
        return this.#returnWithToken();
      case 'accounts':
        return this.#call('GET', '/accounts');
      case 'transactions':
        return this.#call('GET', `/accounts/${this.#account}/transactions`);
      case 'pay':
        return this.#call('POST', '/payments', {
          to: customerName(1 + Math.floor(Math.random() * CUSTOMERS)),
          amountCents: 100 + Math.floor(Math.random() * 20_000),
        });
      case 'payment':
        return this.#call('GET', `/payments/${this.#payment}`);
    }
  }

  #signIn(mistyped: boolean): Promise<{ status: number; body: string }> {
    const { user } = this.#visitor;
    const password = passwordOf(user);
    return this.#call('POST', '/login', { user, password: mistyped ? password.slice(1) : password });
  }

  /** A phone that kept no token, or one too old, asks for the password. */
  async #returnWithToken(): Promise<{ status: number; body: string }> {
    const token = rememberedTokens.get(this.#visitor.user);
    if (token === undefined) return this.#signIn(false);
    const answer = await this.#call('POST', '/token/refresh', { token });
    return answer.status === 401 ? this.#signIn(false) : answer;
  }

  #call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: string }> {
    return send({
      url: `${this.#gatewayUrl}${path}`,
      method,
      userAgent: this.#visitor.userAgent,
      address: this.#visitor.address,
      token: this.#token,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  #remember(operation: Operation, answer: unknown): void {
    if (operation === 'login' || operation === 'refresh') {
      this.#token = tokenAnswer.safeParse(answer).data?.token;
      if (this.#token !== undefined) rememberedTokens.set(this.#visitor.user, this.#token);
    }
    if (operation === 'accounts') this.#account = accountsAnswer.safeParse(answer).data?.accounts[0]?.id ?? 0;
    if (operation === 'pay') this.#payment = paymentAnswer.safeParse(answer).data?.id ?? '';
  }
}

/** One customer opens the app, does some things and puts the phone away. */
export async function makeJourney(gatewayUrl: string): Promise<void> {
  const visit = new Visit(gatewayUrl, drawVisitor(Math.random));
  for (const step of planJourney(Math.random)) {
    if (!(await visit.take(step))) return;
  }
}
