/** The only place where a URL of this application is written. Route patterns use the same functions with `$id`. */
export const paths = {
  home: () => '/',
  learning: () => '/learning',
  organisation: () => '/organisation',
  messages: () => '/messages',
  me: () => '/me',
  help: () => '/help',
  signIn: () => '/sign-in',
  welcome: () => '/welcome',
} as const

/** The administrators' application on the same origin; leaving to it loads a new document. */
export const ADMIN_ROOT = '/admin/'
