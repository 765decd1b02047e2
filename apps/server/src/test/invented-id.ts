/** Citizen ID with a right check digit, for invented people. */
export function idOf(seventeen: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = [...seventeen].reduce((total, digit, at) => total + Number(digit) * (weights[at] as number), 0)
  return seventeen + '10X98765432'[sum % 11]
}
