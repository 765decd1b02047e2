import { useSuspenseQuery } from '@tanstack/react-query'
import { PackagePlayer } from '@tongxin/client/package-player'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { PackageRecord } from '@tongxin/contract/courseware'
import type { Launch } from '@tongxin/contract/courseware.words'
import { Button, dateOf, EmptyState, Lamp, RefusalText } from '@tongxin/ui'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { RecordPage } from '../../shared/pages/RecordPage.tsx'
import { sizeOf } from '../../shared/upload/size-of.ts'
import { ALL_PACKAGES, openPreview, PACKAGE_EVENTS, packageQuery, standardOf } from './courseware.api.ts'
import { PackageActs } from './PackageActs.tsx'
import { Results } from './Results.tsx'
import './courseware.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(packageQuery(params.id ?? ''))

/** One package: what is in it, how people got on with it, its versions and where it is used. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(PACKAGE_EVENTS, ALL_PACKAGES)
  const { data: one } = useSuspenseQuery(packageQuery(params.id ?? ''))
  return (
    <RecordPage
      trail={[{ label: t('courseware.title'), path: paths.courseware.list() }]}
      name={one.title}
      state={one.removedAt === null ? null : <Lamp state="idle">{t('courseware.bin')}</Lamp>}
      facts={[
        { label: t('courseware.standard'), value: standardOf(one) },
        { label: t('courseware.number'), value: one.number },
        { label: t('courseware.unit'), value: one.orgName },
      ]}
      acts={<PackageActs one={one} />}
      tabs={[
        { key: 'contents', label: t('courseware.contents'), body: <Contents one={one} /> },
        {
          key: 'results',
          label: t('courseware.results'),
          body: <Results one={one} search={search} setSearch={setSearch} />,
        },
        { key: 'versions', label: t('courseware.versions'), body: <Versions one={one} /> },
        { key: 'uses', label: t('courseware.usedIn'), body: <Uses one={one} /> },
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}

function Contents({ one }: { one: PackageRecord }) {
  const { t } = useTranslation()
  return (
    <div className="courseware-contents">
      <Opening one={one} />
      {one.limits.length > 0 ? (
        <section className="courseware-limits">
          <h3>{t('courseware.limits')}</h3>
          <ul>
            {one.limits.map((limit) => (
              <li key={limit}>{t(`words.courseware.limit.${limit}`)}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <ol className="courseware-lines">
        {one.contents.map((line) => (
          <li key={line.id} data-depth={Math.min(line.depth, 4)} data-heading={!line.opens}>
            {line.title}
          </li>
        ))}
      </ol>
    </div>
  )
}

/** A preview, or why there is none. */
function Opening({ one }: { one: PackageRecord }) {
  const { t } = useTranslation()
  if (one.removedAt !== null) return <p className="hint">{one.removedReason}</p>
  return one.kind === 'cmi5' ? <p className="hint">{t('courseware.opensByUnits')}</p> : <Preview one={one} />
}

function Preview({ one }: { one: PackageRecord }) {
  const { t } = useTranslation()
  const [launch, setLaunch] = useState<Launch | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [isOpening, setOpening] = useState(false)
  const open = async () => {
    setOpening(true)
    setError(null)
    try {
      setLaunch(await openPreview(one.id))
    } catch (cause) {
      setError(cause)
    }
    setOpening(false)
  }
  return (
    <>
      <RefusalText error={error} />
      <Button icon={<Play aria-hidden="true" />} isBusy={isOpening} onClick={() => void open()}>
        {t('courseware.preview')}
      </Button>
      {launch ? <PackagePlayer isAbove launch={launch} onLeave={() => setLaunch(null)} /> : null}
    </>
  )
}

function Versions({ one }: { one: PackageRecord }) {
  const { t } = useTranslation()
  return (
    <ol className="courseware-rows" reversed>
      {one.versions.map((version) => (
        <li key={version.number}>
          <strong>{version.fileName}</strong> · {sizeOf(version.bytes)}{' '}
          <span className="hint">
            {t('courseware.addedBy', { on: dateOf(version.addedAt), by: version.by ?? '—', files: version.files })}
            {version.reason ? ` ${version.reason}` : ''}
          </span>{' '}
          {version.scanned ? null : <Lamp state="warn">{t('courseware.unscanned')}</Lamp>}
        </li>
      ))}
    </ol>
  )
}

function Uses({ one }: { one: PackageRecord }) {
  const { t } = useTranslation()
  if (one.usedIn.length === 0)
    return <EmptyState title={t('courseware.noUses')}>{t('courseware.noUsesHint')}</EmptyState>
  return (
    <ul className="courseware-rows">
      {one.usedIn.map((use) => (
        <li key={use.id}>{use.title}</li>
      ))}
    </ul>
  )
}
