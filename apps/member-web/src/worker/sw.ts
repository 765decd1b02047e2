/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope

/**
 * Keeps the application's shell so that it opens without a network. Answers of the API are never kept: what a person
 * may see is decided per request, and a lost phone must not hold other people's records. Writes made offline wait in
 * the page's own queue, not here.
 */
const SHELL = 'shell-__SHELL_VERSION__'
// @ts-expect-error The build puts the list of hashed files here.
const FILES: string[] = __SHELL_FILES__
const PAGE = '/'

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const shell = await caches.open(SHELL)
      await shell.addAll([PAGE, '/icon.svg', '/icon-192.png', '/manifest.webmanifest', ...FILES])
      await self.skipWaiting()
    })(),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      // Lessons that a person keeps on the device have caches of their own.
      for (const name of await caches.keys()) if (name.startsWith('shell-') && name !== SHELL) await caches.delete(name)
      await self.clients.claim()
    })(),
  )
})

// The page with its nonce and its policy is kept together, so they agree offline as well.
async function pageFirstFromNetwork(request: Request): Promise<Response> {
  try {
    const fresh = await fetch(request)
    if (fresh.ok) await (await caches.open(SHELL)).put(PAGE, fresh.clone())
    return fresh
  } catch {
    return (await caches.match(PAGE)) ?? Response.error()
  }
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return
  if (/^\/(api|admin|tv|files|trustees\.html|healthz|readyz|metrics)(\/|$)/.test(url.pathname)) return
  if (event.request.mode === 'navigate') event.respondWith(pageFirstFromNetwork(event.request))
  else if (url.pathname.startsWith('/assets/') || url.pathname.startsWith('/icon')) {
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)))
  }
})

/** What the house said, and where it stands: encrypted for this browser, so nobody on the way has read it. */
self.addEventListener('push', (event) => {
  const { id, title, url } = (event.data?.json() ?? {}) as { id?: string; title?: string; url?: string }
  if (!title) return
  // One notice that comes twice is shown once.
  const shown = { tag: id ?? title, icon: '/icon-192.png', badge: '/icon-192.png', data: { url } }
  event.waitUntil(self.registration.showNotification(title, shown))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const asked = URL.parse(String((event.notification.data as { url?: string } | null)?.url ?? ''), self.location.origin)
  // Whatever a message says, nothing but this application is opened.
  const url = asked?.origin === self.location.origin ? asked.href : self.location.origin
  event.waitUntil(
    (async () => {
      const [open] = await self.clients.matchAll({ type: 'window' })
      if (!open) return void (await self.clients.openWindow(url))
      await open.focus()
      await open.navigate(url)
    })(),
  )
})
