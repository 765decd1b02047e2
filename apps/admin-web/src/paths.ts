/**
 * The only place where a URL of this application is written; the router puts `/admin` in front. Route patterns use
 * the same functions with `$id`.
 */
export const paths = {
  workbench: () => '/',
  help: () => '/help',
} as const

/** Addresses of the phone application on the same origin; leaving to them loads a new document. */
export const outside = {
  member: () => '/',
  welcome: () => '/welcome',
  security: () => '/me/security',
  /** `to` is where to come back to. */
  signIn: (to?: string) => `/sign-in${to ? `?to=${encodeURIComponent(to)}` : ''}`,
} as const
