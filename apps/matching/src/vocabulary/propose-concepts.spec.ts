import { describe, expect, it } from '@jest/globals';
import { concepts } from '#reference-data';
import fc from 'fast-check';
import { matchTerms, proposeConcepts } from './propose-concepts.js';

const ids = (written: string) => matchTerms(written).map(({ id }) => id);
const spans = (written: string) => matchTerms(written).map(({ from, to }) => written.slice(from, to));

describe('proposing concepts', () => {
  it.each([
    [
      '采购方言语音识别数据集',
      ['modality.speech', 'task.speech_recognition', 'kind.dataset'],
      ['方言', '语音识别', '数据集'],
    ],
    ['ＯＣＲ　票据识别', ['task.ocr', 'task.ocr'], ['ＯＣＲ', '票据识别']],
    ['提供LLM微调', ['technology.large_model', 'technology.fine_tuning'], ['LLM', '微调']],
    ['Text-To-Speech voices', ['task.speech_synthesis', 'modality.speech'], ['Text-To-Speech', 'voices']],
    ['text  to\nspeech', ['task.speech_synthesis'], ['text  to\nspeech']],
    ['Libraries of images', ['modality.image'], ['images']],
    ['We transport cargo', [], []],
    ['😀 点云 😀', ['modality.point_cloud'], ['点云']],
    ['ｄａｔａ ｓｅｔｓ', ['kind.dataset'], ['ｄａｔａ ｓｅｔｓ']],
    ['①点云', ['modality.point_cloud'], ['点云']],
    ['', [], []],
  ])('%j', (written, expectedIds, expectedSpans) => {
    expect(ids(written)).toEqual(expectedIds);
    expect(spans(written)).toEqual(expectedSpans);
  });

  it('prefers the longest match to the first', () => {
    expect(ids('数据标注服务')).toEqual(['kind.labelling_service']);
    expect(ids('行业大模型')).toEqual(['technology.vertical_model']);
  });

  it('keeps to borders of words in English, also beside Chinese', () => {
    expect(ids('captain nerd apiary')).toEqual([]);
    expect(ids('支持API接口')).toEqual(['terms.api']);
  });

  it('finds every concept by both of its labels', () => {
    for (const { id, zh, en } of concepts) {
      expect({ zh, ids: ids(zh) }).toEqual({ zh, ids: [id] });
      expect({ en, ids: ids(`a ${en.toUpperCase()}!`) }).toEqual({ en, ids: [id] });
    }
  });

  it('says where each term stands, title first', () => {
    expect(
      proposeConcepts({ title: { zh: '点云标注' }, text: { en: 'Lidar point clouds', zh: '标注' } }),
    ).toEqual([
      {
        id: 'modality.point_cloud',
        terms: [
          { field: 'title', language: 'zh', from: 0, to: 2, text: '点云' },
          { field: 'text', language: 'en', from: 0, to: 5, text: 'Lidar' },
          { field: 'text', language: 'en', from: 6, to: 18, text: 'point clouds' },
        ],
      },
      {
        id: 'technology.labelling',
        terms: [
          { field: 'title', language: 'zh', from: 2, to: 4, text: '标注' },
          { field: 'text', language: 'zh', from: 0, to: 2, text: '标注' },
        ],
      },
    ]);
  });

  it('gives spans that lie in the text and never overlap', () => {
    const word = fc.constantFrom(
      '语音',
      '识别',
      'OCR',
      ' ',
      'ﬁ',
      'é',
      '😀',
      'data',
      'set',
      '-',
      '标注',
      'İ',
      '服务',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const written = words.join('');
        let end = 0;
        for (const { from, to } of matchTerms(written)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(written.length);
      }),
    );
  });
});
