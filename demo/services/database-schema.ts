import { CUSTOMERS } from '../bank/customers.ts';

const ACCOUNTS = CUSTOMERS * 2;
const TRANSACTIONS = ACCOUNTS * 10;

/** Tables of the accounts database, and what is in them: two accounts a customer, ten transactions an account. */
export const databaseSchema = `
  CREATE TABLE account (id int PRIMARY KEY, customer text NOT NULL, name text NOT NULL, balance_cents bigint NOT NULL);
  CREATE INDEX ON account (customer);
  CREATE TABLE transaction (
    id int PRIMARY KEY, account int NOT NULL REFERENCES account, at timestamptz NOT NULL, amount_cents int NOT NULL,
    text text NOT NULL
  );
  CREATE INDEX ON transaction (account, at);
  INSERT INTO account
    SELECT n, 'customer-' || lpad(((n + 1) / 2)::text, 4, '0'), CASE n % 2 WHEN 1 THEN 'Current' ELSE 'Savings' END,
      100000 + (n * 7919) % 900000
    FROM generate_series(1, ${ACCOUNTS}) n;
  INSERT INTO transaction
    SELECT n, 1 + n % ${ACCOUNTS}, now() - n * interval '3 minutes', ((n::bigint * 104729) % 20000) - 12000,
      (ARRAY['Groceries', 'Rent', 'Coffee', 'Salary', 'Train'])[1 + n % 5]
    FROM generate_series(1, ${TRANSACTIONS}) n;
`;
