// Opens the page of the set without a network. The page itself keeps its files in the cache `tv-shell`, and programmes
// in `tv-media`, which it reads by itself; answers of the server are never kept.
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin || !url.pathname.startsWith('/tv/')) return
  const kept = () => caches.match(request.mode === 'navigate' ? '/tv/' : request)
  if (request.mode === 'navigate')
    event.respondWith(fetch(request).catch(() => kept().then((page) => page || Response.error())))
  else event.respondWith(kept().then((file) => file || fetch(request)))
})
