import { Link } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import { EmptyState, TextInput } from '@tongxin/ui'
import { SearchX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { isTopic, TOPICS, type Topic } from './help/topics.ts'
import english from './help/words.en.json'
import chinese from './help/words.zh-CN.json'
import './help/help.css'

type Task = { readonly title: string; readonly steps: readonly string[] }
type Words = Readonly<Record<Topic, { readonly title: string; readonly tasks: readonly Task[] }>>

const KEYS = [
  ['/', 'search'],
  ['Ctrl K', 'palette'],
  ['↑ ↓', 'rows'],
  ['Enter', 'open'],
  ['Space', 'select'],
  ['Esc', 'close'],
] as const

/** What people come to do, part by part; a page opens its own part, and a word finds a task anywhere. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const words: Words = i18n.language === 'en' ? english : chinese
  const text = search.text ?? ''
  const about = isTopic(search.about) ? search.about : 'start'
  const shown = text.trim() === '' ? [about] : TOPICS.filter((topic) => tasksWith(words[topic].tasks, text).length > 0)
  return (
    <div className="page">
      <title>{`${t('shell.help')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('shell.help')}</h1>
      </header>
      <div className="help">
        <nav className="panel help-topics" aria-label={t('shell.helpParts')}>
          <TextInput
            label={t('shell.helpFind')}
            value={text}
            maxLength={40}
            onChange={(value) => setSearch({ text: value })}
          />
          <ul>
            {TOPICS.map((topic) => (
              <li key={topic}>
                <Link
                  to={paths.help()}
                  search={{ about: topic } as never}
                  aria-current={text === '' && topic === about ? 'page' : undefined}
                >
                  {words[topic].title}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="help-tasks">
          {shown.map((topic) => (
            <TopicPart key={topic} title={words[topic].title} tasks={tasksWith(words[topic].tasks, text)} />
          ))}
          {shown.length === 0 ? (
            <EmptyState title={t('shell.helpNothing')} icon={<SearchX aria-hidden="true" />}>
              {t('shell.helpNothingHint')}
            </EmptyState>
          ) : null}
          {text === '' && about === 'start' ? <Keyboard /> : null}
        </div>
      </div>
    </div>
  )
}

const tasksWith = (tasks: readonly Task[], text: string): readonly Task[] => {
  const wanted = text.trim().toLowerCase()
  return tasks.filter(({ title, steps }) => [title, ...steps].some((part) => part.toLowerCase().includes(wanted)))
}

function TopicPart({ title, tasks }: { title: string; tasks: readonly Task[] }) {
  return (
    <section className="panel prose">
      <h2>{title}</h2>
      {tasks.map((task) => (
        <article key={task.title}>
          <h3>{task.title}</h3>
          <ol>
            {task.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </article>
      ))}
    </section>
  )
}

function Keyboard() {
  const { t } = useTranslation()
  return (
    <section className="panel prose">
      <h2>{t('shell.keyboard')}</h2>
      <dl className="keys">
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`shell.keys.${does}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
