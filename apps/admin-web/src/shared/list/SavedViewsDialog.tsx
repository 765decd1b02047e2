import { Button, Dialog, RefusalText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedFilters, SavedView } from './types.ts'

/** All saved views of a list: which one it opens with, who shares which, and removing with a way back. */
export function SavedViewsDialog({ saved, onClose }: { saved: SavedFilters; onClose: () => void }) {
  const { t } = useTranslation()
  const [gone, setGone] = useState<readonly SavedView[]>([])
  const [error, setError] = useState<unknown>(null)
  const attempt = (work: Promise<void>, then?: () => void) =>
    void work.then(() => {
      setError(null)
      then?.()
    }, setError)
  const views = saved.list ?? []
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('shared.savedFilters')}
      acts={<Button onClick={onClose}>{t('ui.back')}</Button>}
    >
      <RefusalText error={error} />
      <ul className="saved-views">
        {views.map((view) => (
          <li key={view.id}>
            <span>
              <strong>{view.name}</strong>
              <SeenBy view={view} />
            </span>
            <label className="tick">
              <input
                type="checkbox"
                checked={view.isDefault}
                onChange={(event) => attempt(saved.choose(event.target.checked ? view.id : null))}
              />
              {t('shared.views.opensWith')}
              <span className="tx-hidden">{view.name}</span>
            </label>
            {view.sharedBy === null ? (
              <Button
                onClick={() => attempt(saved.remove(view.id), () => setGone([...gone, view]))}
                aria-label={t('shared.removeSaved', { name: view.name })}
              >
                {t('shared.views.remove')}
              </Button>
            ) : null}
          </li>
        ))}
        {gone.map((view) => (
          <li key={view.id} data-gone="">
            <span>{t('shared.views.removed', { name: view.name })}</span>
            <Button
              onClick={() => attempt(saved.restore(view.id), () => setGone(gone.filter(({ id }) => id !== view.id)))}
            >
              {t('shared.views.undo')}
            </Button>
          </li>
        ))}
      </ul>
      {views.length + gone.length === 0 ? <p className="hint">{t('shared.views.none')}</p> : null}
    </Dialog>
  )
}

function SeenBy({ view }: { view: SavedView }) {
  const { t } = useTranslation()
  const seen = t(`shared.views.seen.${view.seenBy}`, { org: view.orgName ?? '' })
  return <small>{view.sharedBy === null ? seen : t('shared.views.sharedBy', { by: view.sharedBy, seen })}</small>
}
