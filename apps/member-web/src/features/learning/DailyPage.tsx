import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type LearningHabit, setMyHabit } from '@tongxin/contract/learning.own'
import { RefusalText, Select, say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_LEARNING, myHabit } from './learning.api.ts'
import './learning.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(myHabit)

const HOURS = Array.from({ length: 17 }, (_, at) => at + 6)
const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

/** What is sent to me by my own choice: one micro-lesson a day, my week once a week. Off until I switch it on. */
export function Page() {
  const { t } = useTranslation()
  const { data: habit } = useSuspenseQuery(myHabit)
  const save = useWrite(setMyHabit, { refreshes: ALL_LEARNING, onDone: () => say(t('learning.habitSaved')) })
  const set = (change: Partial<LearningHabit>) => save.mutate({ body: { ...habit, ...change } })
  return (
    <PageFrame title={t('learning.daily')}>
      <section className="card" aria-labelledby="daily">
        <h2 id="daily">{t('learning.dailyLesson')}</h2>
        <p>{t('learning.dailyHint')}</p>
        <Switch label={t('learning.dailyOn')} isOn={habit.isOn} onChange={(isOn) => set({ isOn })} />
      </section>
      <section className="card" aria-labelledby="week">
        <h2 id="week">{t('learning.week')}</h2>
        <p>{t('learning.weekHint')}</p>
        <Switch label={t('learning.weekOn')} isOn={habit.isWeekly} onChange={(isWeekly) => set({ isWeekly })} />
        <Select
          label={t('learning.weekday')}
          required
          value={`${habit.weekday}`}
          onChange={(weekday) => weekday && set({ weekday: Number(weekday) })}
          options={WEEKDAYS.map((day) => ({ value: `${day}`, label: t(`learning.weekdays.${day}`) }))}
        />
        <Link to={paths.learning.week()}>{t('learning.seeWeek')}</Link>
      </section>
      <section className="card">
        <Select
          label={t('learning.dailyHour')}
          required
          value={`${habit.hour}`}
          onChange={(hour) => hour && set({ hour: Number(hour) })}
          options={HOURS.map((hour) => ({ value: `${hour}`, label: clock(hour) }))}
        />
        <p className="hint">{t('learning.dailyFree')}</p>
        <RefusalText error={save.error} />
      </section>
    </PageFrame>
  )
}

function Switch(props: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className="reader-confirm">
      <input
        type="checkbox"
        role="switch"
        checked={props.isOn}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      {props.label}
    </label>
  )
}
