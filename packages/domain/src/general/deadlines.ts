import { addMonths, type IsoDate } from './dates.ts'

/** True when `date` lies from `start` up to and including the corresponding day `months` months later. */
export function isWithinMonths(start: IsoDate, date: IsoDate, months: number): boolean {
  return date >= start && date <= addMonths(start, months)
}

/** How near the day is on which something must be done. */
export type Lamp = 'green' | 'yellow' | 'red'

/** Green before `yellowOn`, yellow from it through `dueOn`, red after: the last day itself is in time. */
export function lampOn(deadline: { readonly yellowOn: IsoDate; readonly dueOn: IsoDate }, today: IsoDate): Lamp {
  if (today > deadline.dueOn) return 'red'
  return today >= deadline.yellowOn ? 'yellow' : 'green'
}
