import { Link } from '@tanstack/react-router'
import type { LibraryRow } from '@tongxin/contract/library.words'
import { Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import './library.css'

/** Only what a reader must know of a document before opening it: out of force, replaced, or not yet in force. */
export function Standing({ row }: { row: Pick<LibraryRow, 'validity' | 'isReplaced' | 'state'> }) {
  const { t } = useTranslation()
  if (row.isReplaced) return <Lamp state="warn">{t('library.isReplaced')}</Lamp>
  if (row.validity === 'expired') return <Lamp state="late">{t('words.library.validity.expired')}</Lamp>
  if (row.validity === 'coming') return <Lamp state="info">{t('words.library.validity.coming')}</Lamp>
  return null
}

export function DocumentCard({ row, snippet }: { row: LibraryRow; snippet?: string }) {
  const facts = [row.documentNumber, row.className, row.orgName, row.publishedAt.slice(0, 10)]
  return (
    <Link className="card library-card" to={paths.library.one(row.id)}>
      <span className="library-head">
        <strong>{row.title}</strong>
        <Standing row={row} />
      </span>
      {snippet ? <span>{snippet}</span> : null}
      <span className="hint">{facts.filter((fact) => fact !== null).join(' · ')}</span>
    </Link>
  )
}
