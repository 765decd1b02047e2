import '@tongxin/ui/tokens.css'
import '@tongxin/ui/ui.css'
import './shell/shell.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { startAppearance } from '@tongxin/client/appearance'
import { newQueryClient } from '@tongxin/client/query-client'
import { startTexts } from '@tongxin/client/texts'
import { Toasts } from '@tongxin/ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { paths } from './paths.ts'
import { newRouter } from './routes.tsx'

startAppearance()
await startTexts(
  {
    'zh-CN': async () => (await import('./texts.zh-CN.ts')).texts,
    en: async () => (await import('./texts.en.ts')).texts,
  },
  {
    'zh-CN': async () => (await import('./texts.rest.zh-CN.ts')).texts,
    en: async () => (await import('./texts.rest.en.ts')).texts,
  },
)
const queryClient = newQueryClient(() => void router.navigate({ to: paths.signIn() }))
const router = newRouter(queryClient)

const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')
// Every page names itself; of two titles a browser would show this one for ever.
document.querySelector('title')?.remove()
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  </StrictMode>,
)

if (import.meta.env.PROD && 'serviceWorker' in navigator)
  void navigator.serviceWorker.register('/sw.js', { scope: '/' })
