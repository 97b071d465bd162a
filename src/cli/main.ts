#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads';
import { commandLine } from './command-line.js';
import { processTerminal } from './terminal.js';

if (isMainThread) process.exitCode = await commandLine(process.argv.slice(2), processTerminal());
// A thread of `oxspice run --mc`: the bundle has one program for both.
else (await import('./many-runs/worker.js')).serveRuns();
