import type { Account } from './account.ts';
import type { Behaviour } from './behaviour.ts';

/** What the routes share; `/v1/admin/reset` puts a new account and good behaviour in place. */
export interface ShippingState {
  account: Account;
  behaviour: Behaviour;
  readonly now: () => number;
  reset(): void;
}
