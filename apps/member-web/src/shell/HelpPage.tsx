import type { ScreenProps } from '@tongxin/client/screen'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../shared/PageFrame.tsx'
import { TOPICS, type Topic } from './help/topics.ts'
import english from './help/words.en.json'
import chinese from './help/words.zh-CN.json'

type Task = { readonly title: string; readonly steps: readonly string[] }
type Words = Readonly<Record<Topic, { readonly title: string; readonly tasks: readonly Task[] }>>

/** What people come to do, each in a sentence or two; the part of the page one comes from stands first. */
export function Page({ search }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const words: Words = i18n.language === 'en' ? english : chinese
  const about = TOPICS.find((topic) => topic === search.about)
  const order = about ? [about, ...TOPICS.filter((topic) => topic !== about)] : TOPICS
  return (
    <PageFrame title={t('shell.tile.help')}>
      <div className="cards">
        {order.map((topic) => (
          <section key={topic} className="help-part">
            <h2>{words[topic].title}</h2>
            {words[topic].tasks.map((task) => (
              <details key={task.title} className="card" open={topic === about}>
                <summary>{task.title}</summary>
                {task.steps.map((step) => (
                  <p key={step}>{step}</p>
                ))}
              </details>
            ))}
          </section>
        ))}
      </div>
    </PageFrame>
  )
}
