export { runLaunchJob } from './jobs/run-launch.ts';
