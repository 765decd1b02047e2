import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { LibraryRecord, Replacement } from '@tongxin/contract/library.words'
import { ErrorState, Skeleton } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { Standing } from './DocumentCard.tsx'
import { documentQuery, wordsQuery } from './library.api.ts'
import './library.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(documentQuery(params.id ?? ''))

/** One document to read: whether it holds, what it is, what it says, and a copy where that is allowed. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { data: record } = useSuspenseQuery(documentQuery(params.id ?? ''))
  const { document } = record
  return (
    <PageFrame
      title={document.title}
      lead={<Standing row={document} />}
      primary={
        record.mayDownload ? (
          <a
            className="tx-button"
            data-kind="primary"
            data-wide
            href={`/api/v1/library/documents/${document.id}/content`}
          >
            {t('library.download')}
          </a>
        ) : undefined
      }
    >
      {record.replacedBy.map((one) => (
        <Replaced key={one.id} one={one} textKey="library.replacedBy" />
      ))}
      <Facts record={record} />
      <section className="card library-card">
        <h2>{t('library.words')}</h2>
        <Words id={document.id} />
      </section>
      {record.replaces.map((one) => (
        <Replaced key={one.id} one={one} textKey="library.replaces" />
      ))}
      {record.mayDownload ? null : <p className="hint">{t('library.noDownload')}</p>}
    </PageFrame>
  )
}

function Facts({ record: { document, statute, summary } }: { record: LibraryRecord }) {
  const { t } = useTranslation()
  const facts = [
    ...(statute
      ? [
          [t('library.documentNumber'), statute.documentNumber ?? '—'],
          [t('library.issuer'), statute.issuer],
          [t('library.rank'), t(`words.library.rank.${statute.rank}`)],
          [t('library.effectiveOn'), statute.effectiveOn],
        ]
      : []),
    [t('library.class'), document.className],
    [t('library.unit'), document.orgName],
    [t('library.secrecy'), t(`words.library.secrecy.${document.secrecy}`)],
  ]
  return (
    <section className="card library-card">
      {summary ? <p className="library-text">{summary}</p> : null}
      <dl className="library-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Replaced({ one, textKey }: { one: Replacement; textKey: string }) {
  const { t } = useTranslation()
  return (
    <p>
      {t(textKey)} <Link to={paths.library.one(one.documentId)}>{one.title}</Link>
    </p>
  )
}

function Words({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(wordsQuery(id))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={6} />
  if (data.text === '') return <p className="hint">{t('library.noWords')}</p>
  return (
    <>
      <p className="library-text">{data.text}</p>
      {data.isCut ? <p className="hint">{t('library.isCut')}</p> : null}
    </>
  )
}
