// platform-knows-no-module
import type { Dues } from '../modules/dues/index.ts'

export type Ctx = { dues: Dues }
