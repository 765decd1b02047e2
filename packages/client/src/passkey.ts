import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { addPasskey, passkeyOptions, stepUpByPasskey, stepUpOptions } from '@tongxin/contract/access.own'
import { call } from './call.ts'

/** Whether this browser has passkeys at all, on this address. */
export const hasPasskeys = (): boolean => typeof globalThis.PublicKeyCredential === 'function'

/**
 * Shows a passkey as the second factor of this session.
 * @throws RefusedError from the server; the browser's own error when the person stopped
 */
export async function showPasskey(): Promise<void> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const optionsJSON = (await call(stepUpOptions)) as PublicKeyCredentialRequestOptionsJSON
  const answer = await startAuthentication({ optionsJSON })
  await call(stepUpByPasskey, { body: { answer } })
}

/** Makes a passkey on this device and adds it to the account under a name. Throws as `showPasskey`. */
export async function makePasskey(label: string): Promise<void> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const optionsJSON = (await call(passkeyOptions)) as PublicKeyCredentialCreationOptionsJSON
  const answer = await startRegistration({ optionsJSON })
  await call(addPasskey, { body: { label, answer } })
}

/** Whether the error only means that the person closed the browser's own window. */
export const isPersonsChoice = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')

/**
 * Lets a passkey sign a challenge that is not for signing in: the options as the server sent them.
 * @throws the browser's own error when the person stopped
 */
export async function answerWithPasskey(options: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return {
    ...(await startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON })),
  }
}
