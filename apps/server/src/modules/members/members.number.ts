/**
 * A member number: year, running number, and a check digit, so that a slip of the pen is noticed (weights 7 3 1 as on
 * machine-readable documents, ICAO 9303).
 */
export function numberOf(year: number, running: number): string {
  const digits = `${year}${String(running).padStart(6, '0')}`
  const weights = [7, 3, 1]
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (weights[at % 3] as number), 0)
  return `${digits}${sum % 10}`
}
