import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountGrouped, mountProving } from '../../platform/http.ts'
import { mountFiles } from './learning.files.ts'
import type { LearningPorts } from './learning.ports.ts'
import * as courses from './service/courses.ts'
import * as files from './service/export.ts'
import * as habit from './service/habit.ts'
import * as own from './service/own.ts'
import * as people from './service/people.ts'
import * as plans from './service/plans.ts'
import { noteGroup } from './service/progress.ts'
import * as open from './service/public.ts'
import * as hands from './service/review.ts'
import * as slides from './service/slides.ts'
import * as week from './service/week.ts'

export const learningRoutes =
  (ports: LearningPorts) =>
  async (app: FastifyInstance): Promise<void> => {
    mountDesk(app, ports)
    mountPlans(app)
    mountOwn(app, ports)
    mountFiles(app)
  }

function mountDesk(app: FastifyInstance, ports: LearningPorts): void {
  mount(app, contract.listCourses, courses.list)
  mount(app, contract.createCourse, courses.create)
  mount(app, contract.exportCourses, files.courses)
  mount(app, contract.readCourse, courses.read(ports))
  mount(app, contract.compareVersions, courses.compare)
  mount(app, contract.saveDraft, courses.save)
  mount(app, contract.reviseCourse, courses.revise)
  mount(app, contract.discardDraft, courses.discard)
  mount(app, contract.drawSlidesAgain, slides.drawAgain)
  mount(app, contract.submitCourse, hands.submit(ports))
  mount(app, contract.reviewCourse, hands.review)
  mount(app, contract.releaseCourse, hands.release(ports))
  mount(app, contract.withdrawCourse, hands.withdraw)
  mount(app, contract.restoreCourse, hands.restore)
  mount(app, contract.listLearners, people.learners)
  mount(app, contract.exportLearners, files.learners)
}

function mountPlans(app: FastifyInstance): void {
  mount(app, contract.listPlans, plans.list)
  mount(app, contract.createPlan, plans.create)
  mount(app, contract.readPlan, plans.read)
  mount(app, contract.changePlan, plans.change)
  mount(app, contract.publishPlan, plans.publishOne)
  mount(app, contract.closePlan, plans.close)
  mount(app, contract.listPlanPeople, people.planPeople)
  mount(app, contract.listPlanUnits, people.planUnits)
  mount(app, contract.remindPlan, people.remind)
  mount(app, contract.exportPlanPeople, files.planPeople)
}

function mountOwn(app: FastifyInstance, ports: LearningPorts): void {
  mount(app, contract.readMyLearning, own.start)
  mount(app, contract.readMyWeek, week.read)
  mount(app, contract.readMyHabit, habit.read)
  mount(app, contract.setMyHabit, habit.set)
  mountGrouped(app, contract.noteProgress, noteGroup(ports))
  mount(app, contract.listMyCourses, own.list)
  mount(app, contract.readMyCourse, own.read(ports))
  mount(app, contract.startCourse, own.begin(ports))
  mount(app, contract.rateCourse, own.rate)
  mount(app, contract.setFavourite, own.favour)
  mountProving(app, contract.listPublicCourses, open.list)
  mountProving(app, contract.readPublicCourse, open.read(ports))
}
