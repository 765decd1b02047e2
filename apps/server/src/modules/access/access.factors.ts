import { accessRefusals, ROLES } from '@tongxin/contract'
import type { PublicCtx } from '../../platform/ctx.ts'
import type { Platform } from '../../platform/platform.ts'
import { rememberDevice } from './access.device.ts'
import { type OwnSession, postsOf, renew, tell } from './access.own.ts'
import { SHORTEST } from './access.password.ts'
import type { Account } from './queries/accounts.queries.ts'

/** The second factor was shown: a new token, and the device is known from now on. */
export async function shown(ctx: PublicCtx, platform: Platform, session: OwnSession, factor: string): Promise<void> {
  await renew(ctx, platform, session, { secondFactorAt: ctx.now }, (tx) =>
    tell(ctx, tx, session, 'access.second_factor_shown', { factor }),
  )
  rememberDevice(ctx, session.personId, platform.cookieName)
}

/** Whether one of the person's posts demands a second factor. */
export async function isFactorNeeded(ctx: PublicCtx, account: Account): Promise<boolean> {
  return (
    account.administrator !== null ||
    (await postsOf(ctx, account.personId)).some((post) => ROLES[post.role].secondFactor)
  )
}

/** The last factor stays where a post or a short password needs it. */
export function keepOneFactor(account: Account, isNeeded: boolean): void {
  const count = (account.totpConfirmedAt ? 1 : 0) + account.passkeys
  if (count === 1 && (isNeeded || account.passwordNeedsFactor)) throw accessRefusals.factor_needed()
}

/** A password too short to stand alone keeps its second factor. */
export const needsFactor = (password: string) => [...password.normalize('NFKC')].length < SHORTEST.alone
