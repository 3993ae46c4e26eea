/** Return dates: 30 days on loan, the courier's days not counted (1-product.md). */

const DAY_MS = 86_400_000
export const LOAN_DAYS = 30

/**
 * @param from hand-over, ms UTC
 * @param transportDays days the route takes to the borrower: the loan begins when the book arrives
 * @returns ms UTC
 */
export function dueDate(from: number, transportDays: number, loanDays: number = LOAN_DAYS): number {
  return from + (loanDays + transportDays) * DAY_MS
}
