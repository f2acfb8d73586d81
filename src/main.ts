#!/usr/bin/env node
/** The entry: settles what must be before anything else is loaded, then loads the program, which begins by itself. */
import { keepMemorySmall } from './memory.ts';

keepMemorySmall();
await import('./program.ts');
