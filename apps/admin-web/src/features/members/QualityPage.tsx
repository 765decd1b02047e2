import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { Reply } from '@tongxin/contract/endpoint'
import type { listQuality } from '@tongxin/contract/members'
import { EmptyState, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column } from '../../shared/list/types.ts'
import { qualityQuery } from './members.api.ts'
import { useMemberWords } from './use-member-words.ts'
import './members.css'

type Doubtful = Reply<typeof listQuality>['rows'][number]

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(qualityQuery(search))

const columns: Column<Doubtful>[] = [
  {
    key: 'name',
    textKey: 'words.members.columns.name',
    render: (row) => <Link to={paths.members.one(row.id)}>{row.name}</Link>,
  },
  { key: 'org', textKey: 'words.members.columns.orgName', render: (row) => row.orgName },
  { key: 'findings', textKey: 'members.doubts', render: (row) => <Findings row={row} /> },
  { key: 'completeness', textKey: 'members.completeness', isNumber: true, render: (row) => `${row.completeness} %` },
]

function Findings({ row }: { row: Doubtful }) {
  const { word } = useMemberWords()
  return (
    <span className="doubts">
      {row.findings.map((finding) => (
        <Lamp key={finding.code} state={finding.severity === 'stop' ? 'late' : 'warn'}>
          {word('quality', finding.code)}
        </Lamp>
      ))}
    </span>
  )
}

/** Records whose facts contradict each other, a hundred records of the scope at a time. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  return (
    <ListPage
      title={t('members.quality')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(qualityQuery(search))}
      search={search}
      setSearch={setSearch}
      filters={[{ key: 'orgId', label: t('members.org'), kind: 'organisation' }]}
      lead={<p className="hint">{t('members.qualityHint')}</p>}
      empty={<EmptyState title={t('members.qualityNone')} />}
    />
  )
}
