import { ballots } from './ballots.ts'
import { calendar } from './calendar.ts'
import { documents } from './documents.ts'
import { endurance } from './endurance.ts'
import { html } from './html.ts'
import { journeys } from './journeys.ts'
import type { Judge } from './judge.ts'
import { media } from './media.ts'
import { paths } from './paths.ts'
import { postgres15 } from './postgres-15.ts'
import { scanners } from './scanners.ts'
import { signatures } from './signatures.ts'
import { spreadsheets } from './spreadsheets.ts'

/** All judges that need more than npm packages and a browser, or many minutes. To add one: a file, a row. */
export const JUDGES: readonly Judge[] = [
  postgres15,
  spreadsheets,
  documents,
  html,
  calendar,
  scanners,
  paths,
  signatures,
  ballots,
  media,
  journeys,
  endurance,
]
