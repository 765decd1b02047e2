import { useQuery } from '@tanstack/react-query'
import type { Search } from '@tongxin/client/screen'
import { DEVELOPMENT_STAGES } from '@tongxin/contract/development.words'
import { ErrorState, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { figuresQuery } from './development.api.ts'

type Props = { search: Search; setSearch: (change: Readonly<Record<string, string>>) => void }

/** How many people stand at each stage and how many of them are late; a press shows only those. */
export function StageStrip({ search, setSearch }: Props) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(figuresQuery(search.orgId ?? ''))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return null
  const countOf = (stage: string, lamp?: string) =>
    data.rows
      .filter((row) => row.stage === stage && (!lamp || row.lamp === lamp))
      .reduce((sum, row) => sum + row.cases, 0)
  return (
    <nav className="development-strip no-print" aria-label={t('development.byStage')}>
      {DEVELOPMENT_STAGES.map((stage) => {
        const late = countOf(stage, 'red')
        const soon = countOf(stage, 'yellow')
        const isOn = search.stage === stage
        return (
          <button
            key={stage}
            type="button"
            aria-pressed={isOn}
            onClick={() => setSearch({ stage: isOn ? '' : stage, cursor: '' })}
          >
            <span>{t(`words.development.stage.${stage}`)}</span>
            <strong>{countOf(stage)}</strong>
            {late > 0 ? <Lamp state="late">{t('development.lateCount', { count: late })}</Lamp> : null}
            {soon > 0 ? <Lamp state="warn">{t('development.soonCount', { count: soon })}</Lamp> : null}
          </button>
        )
      })}
      <button
        type="button"
        aria-pressed={search.waitsAbove === 'true'}
        onClick={() => setSearch({ waitsAbove: search.waitsAbove === 'true' ? '' : 'true', cursor: '' })}
      >
        <span>{t('development.waitsAbove')}</span>
        <strong>{data.waitsAbove}</strong>
      </button>
    </nav>
  )
}
