/** Whether this browser can be told something while the application is closed (W3C Push API). */
export const isPushPossible = (): boolean =>
  'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

type PushAddress = {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
  readonly device: string
}

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))

/**
 * Asks the person, then the browser, for a subscription to the house's key. A subscription to another key, left over
 * from before, is given up. @returns null when the person does not want it or no worker stands by
 */
export async function subscribe(key: string): Promise<PushAddress | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  const worker = await navigator.serviceWorker.getRegistration()
  if (!worker) return null
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(key) }
  const subscribed = await worker.pushManager.subscribe(options).catch(async () => {
    await (await worker.pushManager.getSubscription())?.unsubscribe()
    return worker.pushManager.subscribe(options)
  })
  const { endpoint, keys } = subscribed.toJSON()
  const { p256dh, auth } = keys ?? {}
  return endpoint && p256dh && auth ? { endpoint, keys: { p256dh, auth }, device: deviceOf(navigator.userAgent) } : null
}

/** By what the person knows the device again: its browser and system. */
function deviceOf(agent: string): string {
  const browser = /MicroMessenger/.test(agent)
    ? 'WeChat'
    : (/(Edg|Firefox|Chrome|Safari)\//.exec(agent)?.[1] ?? 'Browser').replace('Edg', 'Edge')
  const system = /(HarmonyOS|Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(agent)?.[1] ?? ''
  return [browser, system].filter((part) => part).join(' · ')
}
