import { useSuspenseQuery } from '@tanstack/react-query'
import { WatchMedia } from '@tongxin/client/media-player'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import type { MediaRecord } from '@tongxin/contract/media'
import { dateOf, EmptyState, Lamp, Progress } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { Facts, RecordPage } from '../../shared/pages/RecordPage.tsx'
import { sizeOf } from '../../shared/upload/size-of.ts'
import { CaptionsTab } from './CaptionsTab.tsx'
import { MediaActs } from './MediaActs.tsx'
import { ALL_MEDIA, MEDIA_EVENTS, oneMediaQuery } from './media.api.ts'
import { lampOf } from './media.format.ts'
import { Proposals } from './Proposals.tsx'
import './media.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(oneMediaQuery(params.id ?? ''))

/** One medium: it plays, its words, its captions, what played before and where it is used. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(MEDIA_EVENTS, ALL_MEDIA)
  const { data: one } = useSuspenseQuery(oneMediaQuery(params.id ?? ''))
  const isRemoved = one.removedAt !== null
  return (
    <RecordPage
      trail={[{ label: t('media.title'), path: paths.media.list() }]}
      name={one.title}
      state={
        <Lamp state={lampOf(one)}>{isRemoved ? t('media.onlyRemoved') : t(`words.media.state.${one.state}`)}</Lamp>
      }
      facts={[
        { label: t('media.kindLabel'), value: t(`words.media.kind.${one.kind}`) },
        { label: t('media.minutes'), value: one.minutes ?? '—' },
        { label: t('media.unit'), value: one.orgName },
      ]}
      acts={<MediaActs one={one} />}
      tabs={[
        { key: 'play', label: t('media.play'), body: <Preview one={one} /> },
        { key: 'captions', label: t('media.captions'), body: <CaptionsTab one={one} /> },
        { key: 'versions', label: t('media.versions'), body: <Versions one={one} /> },
        { key: 'uses', label: t('media.usedIn'), body: <Uses one={one} /> },
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}

/** `360p.mp4` is a picture, the others are named as they are. */
const partOf = (name: string): string => (/^\d/.test(name) ? 'picture' : name.replace('.', '_'))

function Preview({ one }: { one: MediaRecord }) {
  const { t } = useTranslation()
  return (
    <div className="media-preview">
      <Proposals one={one} />
      <Standing one={one} />
      {one.isPlayable ? (
        // What plays changes with the version: the player asks for new links.
        <WatchMedia key={`${one.id}${one.state}${one.versions.length}`} mediaId={one.id} />
      ) : null}
      <Facts
        facts={[
          { label: t('media.file'), value: one.fileName ?? '—' },
          { label: t('media.size'), value: one.bytes === null ? '—' : sizeOf(one.bytes) },
          { label: t('media.updatedAt'), value: dateOf(one.updatedAt) },
          ...one.renditions.map(({ name, height, bytes }) => ({
            label: t(`media.rendition.${partOf(name)}`, { height }),
            value: sizeOf(bytes),
          })),
        ]}
      />
    </div>
  )
}

/** Why it does not play, or not as it should, and what to do about it. */
function Standing({ one }: { one: MediaRecord }) {
  const { t } = useTranslation()
  if (one.removedAt !== null) return <p className="hint">{t('media.removedBecause', { reason: one.removedReason })}</p>
  if (one.state === 'transcoding') return <Progress label={t('media.converting')} done={one.percent ?? 0} total={100} />
  if (one.state === 'uploaded') return <p className="hint">{t('media.waiting')}</p>
  if (one.fault) return <p className="media-fault">{t(`media.fault.${one.fault}`)}</p>
  return one.state === 'original' ? <p className="hint">{t('media.noConverter')}</p> : null
}

function Versions({ one }: { one: MediaRecord }) {
  const { t } = useTranslation()
  if (one.versions.length === 0)
    return <EmptyState title={t('media.noVersions')}>{t('media.noVersionsHint')}</EmptyState>
  return (
    <ol className="media-rows" reversed>
      {one.versions.map((version) => (
        <li key={version.number}>
          <strong>{version.fileName}</strong> · {sizeOf(version.bytes)}
          <span className="hint">
            {t('media.replacedBy', { on: dateOf(version.replacedAt), by: version.by ?? '—', reason: version.reason })}
          </span>
        </li>
      ))}
    </ol>
  )
}

function Uses({ one }: { one: MediaRecord }) {
  const { t } = useTranslation()
  if (one.usedIn.length === 0) return <EmptyState title={t('media.noUses')}>{t('media.noUsesHint')}</EmptyState>
  return (
    <ul className="media-rows">
      {one.usedIn.map((use) => (
        <li key={`${use.kind}${use.id}`}>
          {use.name} <span className="hint">{t(`media.use.${use.kind}`)}</span>
        </li>
      ))}
    </ul>
  )
}
