import '@tongxin/ui/tokens.css'
import '@tongxin/ui/ui.css'
import './shell/shell.css'
import './shared/shared.css'
// Last: it narrows what the others lay out.
import './shell/narrow.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { startAppearance } from '@tongxin/client/appearance'
import { newQueryClient } from '@tongxin/client/query-client'
import { startTexts } from '@tongxin/client/texts'
import { Toasts } from '@tongxin/ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { outside } from './paths.ts'
import { newRouter } from './routes.tsx'
import { DeskTheme } from './shell/DeskTheme.tsx'

startAppearance()
await startTexts({
  'zh-CN': async () => (await import('./texts.zh-CN.ts')).texts,
  en: async () => (await import('./texts.en.ts')).texts,
})
const queryClient = newQueryClient(() => location.assign(outside.signIn(location.pathname + location.search)))
const router = newRouter(queryClient)

const root = document.querySelector('#root')
if (!root) throw new Error('index.html has no #root')
// Every page names itself; of two titles a browser would show this one for ever.
document.querySelector('title')?.remove()
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <DeskTheme>
        <RouterProvider router={router} />
        <Toasts />
      </DeskTheme>
    </QueryClientProvider>
  </StrictMode>,
)
