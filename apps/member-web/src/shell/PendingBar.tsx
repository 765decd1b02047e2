import { Lamp } from '@tongxin/ui'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNoted } from '../shared/offline-queue.ts'

const Sheet = lazy(async () => ({ default: (await import('./PendingSheet.tsx')).PendingSheet }))

/** Says what is noted on this device and not yet delivered, and what the server refused meanwhile. */
export function PendingBar() {
  const { t } = useTranslation()
  const noted = useNoted()
  const [isOpen, setOpen] = useState(false)
  if (noted.length === 0) return null
  const refused = noted.filter((act) => act.refusedWith !== null).length
  return (
    <>
      <button type="button" className="pending" onClick={() => setOpen(true)}>
        <Lamp state={refused > 0 ? 'late' : 'warn'}>
          {refused > 0 ? t('shell.pendingRefused', { count: refused }) : t('shell.pending', { count: noted.length })}
        </Lamp>
      </button>
      {isOpen ? (
        <Suspense>
          <Sheet noted={noted} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
