import { render } from 'preact';
import { App } from './app';

const root = document.getElementById('timeline');
if (root) render(<App />, root);
