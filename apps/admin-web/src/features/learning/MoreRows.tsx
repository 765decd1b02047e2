import { Button } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

export type Cursors = {
  readonly cursor: string
  readonly back: (() => void) | null
  readonly forward: (next: string) => void
}

/** The place in a table inside a tab: begins anew whenever the filter is another one. */
export function useCursor(filter: string): Cursors {
  const [state, setState] = useState<{ filter: string; passed: readonly string[]; cursor: string }>({
    filter,
    passed: [],
    cursor: '',
  })
  const { passed, cursor } = state.filter === filter ? state : { passed: [], cursor: '' }
  return {
    cursor,
    back: cursor === '' ? null : () => setState({ filter, passed: passed.slice(0, -1), cursor: passed.at(-1) ?? '' }),
    forward: (next) => setState({ filter, passed: [...passed, cursor], cursor: next }),
  }
}

/** Forward and back below a table. */
export function MoreRows({ place, next }: { place: Cursors; next: string | null }) {
  const { t } = useTranslation()
  if (!place.back && next === null) return null
  return (
    <nav className="learning-row no-print" aria-label={t('shared.pages')}>
      {place.back ? <Button onClick={place.back}>{t('learning.previousPage')}</Button> : null}
      {next === null ? null : <Button onClick={() => place.forward(next)}>{t('learning.nextPage')}</Button>}
    </nav>
  )
}
