import { addMonths, type IsoDate } from './dates.ts'

/** True when `date` lies from `start` up to and including the corresponding day `months` months later. */
export function isWithinMonths(start: IsoDate, date: IsoDate, months: number): boolean {
  return date >= start && date <= addMonths(start, months)
}
