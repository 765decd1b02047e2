import { type ReactNode, type TouchEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

const TRIGGER_PX = 72

/** Pulling the page down from its top reloads; the same is offered to the keyboard by the browser's own reload. */
export function PullToRefresh({ onRefresh, children }: { onRefresh: () => Promise<unknown>; children: ReactNode }) {
  const { t } = useTranslation()
  const startY = useRef<number | null>(null)
  const [pulled, setPulled] = useState(0)
  const [isLoading, setLoading] = useState(false)
  const follow = (event: TouchEvent) => {
    const touch = event.touches[0]
    if (startY.current === null || !touch) return
    // Half the finger's way, so that the page feels held.
    setPulled(Math.max(0, Math.min((touch.clientY - startY.current) / 2, TRIGGER_PX * 1.3)))
  }
  const release = () => {
    startY.current = null
    if (pulled >= TRIGGER_PX) {
      setLoading(true)
      void onRefresh().finally(() => setLoading(false))
    }
    setPulled(0)
  }
  return (
    <div
      onTouchStart={(event) => {
        startY.current = window.scrollY <= 0 ? (event.touches[0]?.clientY ?? null) : null
      }}
      onTouchMove={follow}
      onTouchEnd={release}
      onTouchCancel={release}
    >
      <div className="pull" style={{ height: isLoading ? 44 : pulled }} role="status">
        {isLoading
          ? t('shell.refreshing')
          : pulled >= TRIGGER_PX
            ? t('shell.letGo')
            : pulled > 8
              ? t('shell.pull')
              : ''}
      </div>
      {children}
    </div>
  )
}
