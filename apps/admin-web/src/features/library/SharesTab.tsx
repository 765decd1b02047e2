import { useInfiniteQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { revokeLibraryShare, shareLibraryDocument } from '@tongxin/contract/library.keeping'
import type { LibraryRecord } from '@tongxin/contract/library.words'
import { Button, DateInput, ErrorState, Lamp, Skeleton } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { MembersPicker } from '../../shared/MemberPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { readingsQuery } from './library.api.ts'
import { useDone } from './use-done.ts'
import './library.css'

/** With whom it is shared, until when, how often they opened it. */
export function Shares({ record }: { record: LibraryRecord }) {
  const { t } = useTranslation()
  const [isSharing, setSharing] = useState(false)
  const revoke = useWrite(revokeLibraryShare, useDone())
  return (
    <>
      <Button onClick={() => setSharing(true)}>{t('library.share')}</Button>
      {record.shares.length === 0 ? <p className="hint">{t('library.noShares')}</p> : null}
      <ul className="library-rows">
        {record.shares.map((one) => (
          <li key={one.id}>
            <strong>{one.personName}</strong>
            <Lamp state={one.isOver ? 'idle' : 'ok'}>
              {t(one.revokedAt ? 'library.revoked' : 'library.until', { on: one.until })}
            </Lamp>
            <span className="hint">
              {t('library.sharedBy', { by: one.sharedBy, on: one.sharedAt.slice(0, 10), openings: one.openings })}
              {one.revokedFor ? ` · ${one.revokedFor}` : ''}
            </span>
            {one.isOver ? null : (
              <AskedAct
                verb={t('library.revoke')}
                lead={t('library.revokeLead', { name: one.personName })}
                reasonLabel={t('library.reason')}
                isDanger
                save={revoke}
                input={(reason) => ({ params: { id: one.id }, body: { reason } })}
              />
            )}
          </li>
        ))}
      </ul>
      {isSharing ? <ShareDialog record={record} onClose={() => setSharing(false)} /> : null}
    </>
  )
}

function ShareDialog({ record, onClose }: { record: LibraryRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [memberIds, setMemberIds] = useState<readonly string[]>([])
  const [until, setUntil] = useState('')
  const [mayDownload, setMayDownload] = useState(false)
  const save = useWrite(shareLibraryDocument, useDone(onClose))
  const errorAt = useFieldErrors(save.error)
  const isReady = memberIds.length > 0 && until !== ''
  return (
    <FormDialog
      title={t('library.share')}
      verb={t('library.share')}
      lead={t('library.shareLead')}
      labels={{ '/body/until': t('library.untilOn'), '/body/memberIds': t('library.people') }}
      whyNot={isReady ? undefined : t('library.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() =>
        save.mutate({ params: { id: record.document.id }, body: { memberIds: [...memberIds], until, mayDownload } })
      }
      onClose={onClose}
    >
      <MembersPicker label={t('library.people')} required value={memberIds} names={{}} onChange={setMemberIds} />
      <DateInput
        label={t('library.untilOn')}
        required
        value={until}
        onChange={setUntil}
        error={errorAt('/body/until')}
      />
      <label className="library-check">
        <input
          type="checkbox"
          checked={mayDownload}
          disabled={record.downloads === 'nobody'}
          onChange={(event) => setMayDownload(event.target.checked)}
        />
        {t('library.mayDownload')}
      </label>
    </FormDialog>
  )
}

/** Who took a copy or opened a share, the newest first. */
export function Readings({ id }: { id: string }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(readingsQuery(id))
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton lines={6} />
  if (rows.length === 0) return <p className="hint">{t('library.noReadings')}</p>
  return (
    <>
      <ul className="library-rows">
        {rows.map((row) => (
          <li key={row.id}>
            <strong>{row.personName}</strong>
            <span>{t(`words.library.reading.${row.act}`)}</span>
            <span className="hint">
              {`${t('library.versionOf', { number: row.versionNumber })} · ${new Date(row.at).toLocaleString()}`}
            </span>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('library.more')}
        </Button>
      ) : null}
    </>
  )
}
