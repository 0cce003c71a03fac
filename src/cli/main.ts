#!/usr/bin/env node
/** Entry of the command line: gives the program its terminal and hands back its exit status. */
import path from 'node:path';
import { run } from './run';
import { processTerminal } from './terminal';

run(process.argv.slice(2), processTerminal(), path.resolve(__dirname)).then(status => {
  process.exitCode = status;
});
