import { randomInt } from 'node:crypto'

/**
 * The same in an order of which nothing can be known (Fisher and Yates): what must not tell in which order it came.
 * `below(n)` draws a whole number from 0 to n - 1.
 */
export function shuffled<T>(items: readonly T[], below: (n: number) => number = randomInt): T[] {
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = below(at + 1)
    ;[mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T]
  }
  return mixed
}
