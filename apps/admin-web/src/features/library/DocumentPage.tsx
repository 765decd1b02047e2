import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { unlinkReplacement } from '@tongxin/contract/library.keeping'
import type { LibraryRecord, Replacement } from '@tongxin/contract/library.words'
import { ErrorState, Lamp, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { Facts, RecordPage } from '../../shared/pages/RecordPage.tsx'
import { sizeOf } from '../../shared/upload/size-of.ts'
import { DocumentActs } from './DocumentActs.tsx'
import { documentQuery, wordsQuery } from './library.api.ts'
import { Readings, Shares } from './SharesTab.tsx'
import { useDone } from './use-done.ts'
import { Grade, useStanding } from './words.tsx'
import './library.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(documentQuery(params.id ?? ''))

/** One document: what it is, what it says, its versions, and for whoever keeps it, with whom it is shared. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { data: record } = useSuspenseQuery(documentQuery(params.id ?? ''))
  const { document } = record
  const standing = useStanding()(document)
  return (
    <RecordPage
      trail={[{ label: t('library.title'), path: paths.library.list() }]}
      name={document.title}
      state={
        <>
          <Lamp state={standing.state}>{standing.word}</Lamp> <Grade secrecy={document.secrecy} />
        </>
      }
      facts={[
        { label: t('library.class'), value: document.className },
        { label: t('library.unit'), value: document.orgName },
        { label: t('library.audience'), value: document.audienceName },
        ...(record.reason ? [{ label: t('library.reason'), value: record.reason }] : []),
      ]}
      acts={<DocumentActs record={record} />}
      tabs={[
        { key: 'about', label: t('library.about'), body: <About record={record} /> },
        { key: 'words', label: t('library.words'), body: <Words id={document.id} /> },
        { key: 'versions', label: t('library.versions'), body: <Versions record={record} /> },
        ...(record.mayKeep
          ? [
              { key: 'shares', label: t('library.shares'), body: <Shares record={record} /> },
              { key: 'readings', label: t('library.readings'), body: <Readings id={document.id} /> },
            ]
          : []),
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}

function About({ record }: { record: LibraryRecord }) {
  const { t } = useTranslation()
  const { document, statute } = record
  const period = [record.validFrom, record.validTo].map((day) => day ?? '…').join(' – ')
  return (
    <div className="library-about">
      {record.replacedBy.map((one) => (
        <Replaced key={one.id} one={one} textKey="library.replacedBy" mayKeep={false} />
      ))}
      {record.summary ? <p className="library-text">{record.summary}</p> : null}
      <Facts
        facts={[
          ...(statute
            ? [
                { label: t('library.documentNumber'), value: statute.documentNumber ?? '—' },
                { label: t('library.issuer'), value: statute.issuer },
                { label: t('library.rank'), value: t(`words.library.rank.${statute.rank}`) },
                { label: t('library.effectiveOn'), value: statute.effectiveOn },
              ]
            : []),
          { label: t('library.tags'), value: document.tags.join('、') || '—' },
          {
            label: t('library.validPeriod'),
            value: record.validFrom || record.validTo ? period : t('library.noPeriod'),
          },
          { label: t('library.downloads'), value: t(`words.library.downloads.${record.downloads}`) },
          { label: t('library.isMarked'), value: t(record.isMarked ? 'library.yes' : 'library.no') },
          { label: t('library.retention'), value: t(`words.library.retention.${record.retention}`) },
          ...(document.state === 'archived'
            ? [{ label: t('library.keptUntil'), value: record.keptUntil ?? t('library.forever') }]
            : []),
          { label: t('library.madeBy'), value: `${record.madeBy} · ${document.publishedAt.slice(0, 10)}` },
        ]}
      />
      {record.replaces.map((one) => (
        <Replaced key={one.id} one={one} textKey="library.replaces" mayKeep={record.mayKeep} />
      ))}
    </div>
  )
}

function Replaced({ one, textKey, mayKeep }: { one: Replacement; textKey: string; mayKeep: boolean }) {
  const { t } = useTranslation()
  const unlink = useWrite(unlinkReplacement, useDone())
  const name = [one.title, one.documentNumber].filter((part) => part !== null).join(' ')
  return (
    <div className="library-link">
      <span>
        {t(textKey)} <Link to={paths.library.one(one.documentId)}>{name}</Link>
        {` · ${t(one.isWhole ? 'library.whole' : 'library.part')}${one.note ? ` · ${one.note}` : ''}`}
      </span>
      {mayKeep ? (
        <AskedAct
          verb={t('library.unlink')}
          lead={t('library.unlinkLead')}
          reasonLabel={t('library.reason')}
          save={unlink}
          input={(reason) => ({ params: { id: one.id }, body: { reason } })}
        />
      ) : null}
    </div>
  )
}

function Words({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(wordsQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  if (data.text === '') return <p className="hint">{t('library.noWords')}</p>
  return (
    <>
      <p className="library-text">{data.text}</p>
      {data.isCut ? <p className="hint">{t('library.isCut')}</p> : null}
    </>
  )
}

function Versions({ record }: { record: LibraryRecord }) {
  const { t } = useTranslation()
  return (
    <ul className="library-rows">
      {record.versions.map((one) => (
        <li key={one.id}>
          <strong>{t('library.versionOf', { number: one.number })}</strong>
          <span>{`${one.fileName} · ${sizeOf(one.bytes)} · ${t(`words.library.textState.${one.textState}`)}`}</span>
          <span className="hint">
            {[one.madeBy, one.madeAt.slice(0, 10), one.note].filter((part) => part !== '').join(' · ')}
          </span>
          {record.mayDownload ? (
            <a href={`/api/v1/library/documents/${record.document.id}/content?version=${one.number}`}>
              {t('library.download')}
            </a>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
