import { useWrite } from '@tongxin/client/use-write'
import { archiveLibraryDocument, binLibraryDocument, restoreLibraryDocument } from '@tongxin/contract/library.keeping'
import type { LibraryRecord } from '@tongxin/contract/library.words'
import { Button } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { ChangeDialog, LinkDialog, VersionDialog } from './ChangeDialogs.tsx'
import { useDone } from './use-done.ts'
import './library.css'

type Asked = 'change' | 'version' | 'link' | null

/** What the post may do with a document: take a copy, and keep it if it is its unit's. */
export function DocumentActs({ record }: { record: LibraryRecord }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>(null)
  const { document, mayKeep } = record
  const isOpen = mayKeep && document.state === 'published'
  const close = () => setAsked(null)
  return (
    <div className="library-acts">
      {record.mayDownload ? (
        <a className="tx-button" href={`/api/v1/library/documents/${document.id}/content`}>
          {t('library.download')}
        </a>
      ) : null}
      {isOpen ? (
        <>
          <Button onClick={() => setAsked('change')}>{t('library.change')}</Button>
          <Button onClick={() => setAsked('version')}>{t('library.addVersion')}</Button>
          {document.kind === 'statute' ? <Button onClick={() => setAsked('link')}>{t('library.link')}</Button> : null}
        </>
      ) : null}
      {mayKeep ? <Ends record={record} /> : null}
      {asked === 'change' ? <ChangeDialog record={record} onClose={close} /> : null}
      {asked === 'version' ? <VersionDialog id={document.id} onClose={close} /> : null}
      {asked === 'link' ? <LinkDialog id={document.id} onClose={close} /> : null}
    </div>
  )
}

function Ends({ record: { document } }: { record: LibraryRecord }) {
  const { t } = useTranslation()
  const archive = useWrite(archiveLibraryDocument, useDone())
  const bin = useWrite(binLibraryDocument, useDone())
  const restore = useWrite(restoreLibraryDocument, useDone())
  const input = (reason: string) => ({ params: { id: document.id }, body: { reason } })
  const reasonLabel = t('library.reason')
  if (document.state !== 'published')
    return (
      <AskedAct
        verb={t('library.restore')}
        lead={t('library.restoreLead')}
        reasonLabel={reasonLabel}
        save={restore}
        input={input}
      />
    )
  return (
    <>
      <AskedAct
        verb={t('library.archive')}
        lead={t('library.archiveLead')}
        reasonLabel={reasonLabel}
        save={archive}
        input={input}
      />
      <AskedAct
        verb={t('library.bin')}
        lead={t('library.binLead')}
        reasonLabel={reasonLabel}
        isDanger
        save={bin}
        input={input}
      />
    </>
  )
}
