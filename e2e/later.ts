import { moveClock } from './moved-clock.ts'

/**
 * Loaded into the program before its first line (`node --import`): its clock stands elsewhere by `CLOCK_AHEAD_MS`, and
 * runs on from there. The program itself has no way to be told the time.
 */
moveClock(Number(process.env.CLOCK_AHEAD_MS ?? 0))
