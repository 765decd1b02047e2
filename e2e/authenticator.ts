import { setTimeout as wait } from 'node:timers/promises'
import { generateSync } from 'otplib'

const STEP_SECONDS = 30

/** The app on somebody's telephone: six figures, never the same step twice, since each counts once. */
export type Authenticator = { figures(): Promise<string> }

/** The program takes the figures of the next step too, so two acts in half a minute need no waiting. */
export function authenticatorOf(secret: string, time = () => Date.now()): Authenticator {
  let last = 0
  return {
    async figures() {
      for (;;) {
        const now = Math.floor(time() / 1000 / STEP_SECONDS)
        const step = Math.max(now, last + 1)
        if (step <= now + 1) {
          last = step
          return generateSync({ secret: secret.replace(/\s/g, ''), epoch: step * STEP_SECONDS })
        }
        await wait(1000)
      }
    },
  }
}
