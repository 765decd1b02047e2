import { environment } from '../platform/config.ts'

/**
 * How often the server and the database are killed: a few times with every `npm test`, twenty times (`TEST_KILLS=20`)
 * by the judge of endurance.
 */
export const KILLS = Number(environment().TEST_KILLS ?? 4)

/** The judge's planted fault: what was acknowledged is taken away before anybody looks. */
export const isLossPlanted = environment().TEST_LOSES === '1'
