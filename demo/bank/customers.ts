import { pick, type Random } from './random.ts';

export const CUSTOMERS = 500;

/** The user that the bank's own uptime check signs in as. */
export const MONITOR_USER = 'monitor';

/** Name of a customer by number, 1 to {@link CUSTOMERS}. */
export function customerName(number: number): string {
  return `customer-${String(number).padStart(4, '0')}`;
}

/** The password that a customer chose. Play money, play secrets. */
export function passwordOf(user: string): string {
  return `${user}-likes-tea`;
}

/** Whether such a customer exists. */
export function isCustomer(user: string): boolean {
  const number = Number(/^customer-(\d{4})$/.exec(user)?.[1] ?? 0);
  return user === MONITOR_USER || (number >= 1 && number <= CUSTOMERS);
}

const devices: readonly [string, ...string[]] = [
  'BankApp/5.2.1 (iPhone; iOS 18.5)',
  'BankApp/5.2.1 (iPhone; iOS 18.4.1)',
  'BankApp/5.2.0 (iPhone; iOS 17.7)',
  'BankApp/5.2.1 (Android 15; Pixel 9)',
  'BankApp/5.2.1 (Android 15; SM-S931B)',
  'BankApp/5.1.4 (Android 14; SM-A556B)',
  'BankApp/5.1.4 (Android 13; moto g54)',
];

/** A customer with a phone. The address is of a range kept for documentation (RFC 5737), so it is nobody's. */
export interface Visitor {
  readonly user: string;
  readonly userAgent: string;
  readonly address: string;
}

/** Any customer, on any phone. */
export function drawVisitor(random: Random): Visitor {
  return {
    user: customerName(1 + Math.floor(random() * CUSTOMERS)),
    userAgent: pick(random, devices),
    address: `203.0.113.${1 + Math.floor(random() * 254)}`,
  };
}
