import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { exportMeetings, type MeetingRow } from '@tongxin/contract/meetings'
import { MEETING_KIND_NAMES, MEETING_STATES } from '@tongxin/contract/meetings.words'
import { EmptyState, Lamp } from '@tongxin/ui'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import { inPlace } from '../../shared/list/list-search.ts'
import type { Column } from '../../shared/list/types.ts'
import { LifeLinks } from './LifeLinks.tsx'
import { MeetingFacts } from './MeetingFacts.tsx'
import { ALL_MEETINGS, MEETING_EVENTS, meetingsQuery } from './meetings.api.ts'
import { lampOf, rateOf, spanOf } from './meetings.format.ts'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(meetingsQuery(search))

function useColumns(): Column<MeetingRow>[] {
  const { t } = useTranslation()
  return [
    { key: 'title', textKey: 'meetings.name', render: (row) => row.title, isSortable: true },
    { key: 'startsAt', textKey: 'meetings.when', render: spanOf, isSortable: true, width: 200 },
    { key: 'org', textKey: 'meetings.branch', render: (row) => row.orgName },
    {
      key: 'kinds',
      textKey: 'meetings.kind',
      render: (row) => row.kinds.map((kind) => t(`meetings.kinds.${kind}`)).join(t('meetings.comma')),
    },
    {
      key: 'state',
      textKey: 'meetings.stateLabel',
      render: (row) => <Lamp state={lampOf(row)}>{t(`meetings.state.${row.state}`)}</Lamp>,
      width: 130,
    },
    {
      key: 'present',
      textKey: 'meetings.presence',
      isNumber: true,
      render: (row) =>
        t('meetings.presentOf', { present: row.counts.present, called: row.counts.voters + row.counts.nonvoters }),
      width: 110,
    },
    {
      key: 'rate',
      textKey: 'meetings.rate',
      isNumber: true,
      isHiddenAtFirst: true,
      render: (row) => `${rateOf(row.counts.voters + row.counts.nonvoters, row.counts.present) ?? '—'}%`,
    },
    { key: 'place', textKey: 'meetings.place', isHiddenAtFirst: true, render: (row) => row.place ?? '' },
  ]
}

/** Meetings of the scope: what is planned, what was held, what is not filed. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const can = useCan()
  useLive(MEETING_EVENTS, ALL_MEETINGS)
  const { whyNot } = can('meetings.convene')
  return (
    <ListPage
      title={t('meetings.title')}
      columns={useColumns()}
      rowKey={(row) => row.id}
      query={useQuery(meetingsQuery(search))}
      search={search}
      setSearch={setSearch}
      primary={
        whyNot ? null : (
          <Link className="tx-button" data-kind="primary" to={paths.meetings.plan()}>
            <Plus size="1.1em" aria-hidden="true" />
            {t('meetings.plan')}
          </Link>
        )
      }
      filters={[
        { key: 'text', label: t('meetings.name'), kind: 'text' },
        { key: 'orgId', label: t('meetings.branch'), kind: 'organisation' },
        {
          key: 'kind',
          label: t('meetings.kind'),
          kind: 'choice',
          options: MEETING_KIND_NAMES.map((value) => ({ value, label: t(`meetings.kinds.${value}`) })),
        },
        {
          key: 'state',
          label: t('meetings.stateLabel'),
          kind: 'choice',
          options: MEETING_STATES.map((value) => ({ value, label: t(`meetings.state.${value}`) })),
        },
        { key: 'held', label: t('meetings.when'), kind: 'dates' },
        {
          key: 'unfiled',
          label: t('meetings.unfiled'),
          kind: 'choice',
          options: [{ value: 'true', label: t('meetings.onlyUnfiled') }],
        },
      ]}
      lead={<LifeLinks />}
      lamp={(row) => ({ state: lampOf(row), word: t(`meetings.state.${row.state}`) })}
      drawer={(row) => ({ title: row.title, path: paths.meetings.one(row.id), body: <MeetingFacts id={row.id} /> })}
      onExport={async ({ purpose }) => {
        const { cursor: _, limit: __, sort: ___, open: ____, unfiled, below, ...filters } = inPlace(search)
        await download(exportMeetings, {
          body: {
            ...filters,
            ...(unfiled ? { unfiled: true } : {}),
            ...(below ? { below: below === 'true' } : {}),
            purpose,
            language: i18n.language.startsWith('zh') ? 'zh-CN' : 'en',
          } as never,
        })
      }}
      empty={<EmptyState title={t('meetings.none')}>{t('meetings.noneHint')}</EmptyState>}
    />
  )
}
