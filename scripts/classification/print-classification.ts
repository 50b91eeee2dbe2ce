import { classificationPage } from './classification-page';

process.stdout.write(classificationPage());
