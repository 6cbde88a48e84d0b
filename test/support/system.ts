export { startSystem, type ProcessName, type RunningSystem } from '../../tools/dev/system/start-system.js';
