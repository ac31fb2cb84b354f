// Accounts of several trials as one: it closes where each of them does.
import type { Account } from '../result.ts';

export function sumOfAccounts(accounts: readonly Account[]): Account {
  const lost: Record<string, number> = {};
  for (const account of accounts) {
    for (const [cause, count] of Object.entries(account.lost)) lost[cause] = (lost[cause] ?? 0) + count;
  }
  return {
    sent: total(accounts, ({ sent }) => sent),
    delivered: total(accounts, ({ delivered }) => delivered),
    lost,
    unexplained: total(accounts, ({ unexplained }) => unexplained),
  };
}

function total(accounts: readonly Account[], of: (account: Account) => number): number {
  return accounts.reduce((sum, account) => sum + of(account), 0);
}
