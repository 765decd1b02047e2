import type { PaperRow } from '@tongxin/contract/meetings'
import { Lamp } from '@tongxin/ui'
import { FileText } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** Papers of an item, or of the whole meeting: to be opened, or why not yet. */
export function Papers({ papers }: { papers: readonly PaperRow[] }) {
  const { t } = useTranslation()
  if (papers.length === 0) return null
  return (
    <ul className="papers">
      {papers.map((paper) => (
        <li key={paper.id}>
          <FileText aria-hidden="true" />
          {paper.mayOpen ? (
            <a href={`/api/v1/files/${paper.fileId}/content`} target="_blank" rel="noreferrer">
              {paper.name}
            </a>
          ) : (
            <span>
              {paper.name} <span className="hint">{t('meetings.paperHeld')}</span>
            </span>
          )}
          {paper.state === 'clean' ? null : <Lamp state="warn">{t('meetings.notScanned')}</Lamp>}
        </li>
      ))}
    </ul>
  )
}
