type Ask = () => Promise<boolean>
let registered: Ask | null = null
let asking: Promise<boolean> | null = null

/** The access feature registers the dialog that asks for the second factor; resolves true when it was given. */
export function registerStepUp(ask: Ask): () => void {
  registered = ask
  return () => {
    if (registered === ask) registered = null
  }
}

/** Asks once, however many calls were refused together. */
export function askStepUp(): Promise<boolean> {
  if (!registered) return Promise.resolve(false)
  asking ??= registered().finally(() => {
    asking = null
  })
  return asking
}
