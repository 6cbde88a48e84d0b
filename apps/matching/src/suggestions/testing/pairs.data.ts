/**
 * Needs and the one offer that fits each, written for this test: zh–zh, en–en and across. A pair a line: need,
 * its concepts, offer, its concepts. Concepts stand without blanks between list and word; k kind, m modality,
 * d domain, t task, w technology (work), c terms (conditions). Both sides were tagged from their own text alone.
 * The first half was looked at while weights were chosen, the second was not.
 */
export const tuningPairs = `
采购川渝方言电话录音，用于客服语音转写|k.dataset m.speech d.telecom t.speech_recognition|我司有五千小时西南官话通话语料，已转写|k.dataset m.speech t.speech_recognition w.labelling d.telecom
自动驾驶路测点云需要拉框标注，每月三万帧|k.labelling_service m.point_cloud t.autonomous_driving t.detection|激光雷达三维目标框标注团队，车企项目经验丰富|k.labelling_service m.point_cloud d.automotive t.detection
寻找电路板外观瑕疵图片，用来训练检测算法|k.dataset m.image d.electronics t.defect_detection|PCB 焊点缺陷样本十万张，带像素级掩码|k.dataset m.image d.electronics t.defect_detection t.segmentation
三甲医院想找团队给肺部 CT 勾画病灶|k.labelling_service m.medical_image d.health t.segmentation|放射科医生带队的影像分割标注服务|k.labelling_service m.medical_image d.health t.segmentation t.diagnosis
政务热线要建知识问答机器人，需本地部署的大模型方案|k.solution d.government t.question_answering w.large_model c.private_deployment|面向城市治理的私有化问答大模型整体方案|k.solution d.government t.question_answering w.large_model c.private_deployment
电网巡检无人机照片需识别绝缘子破损|k.model m.image d.energy t.defect_detection|输电线路部件识别算法，支持边缘设备|k.model m.image d.energy t.detection w.edge
希望获得小麦病虫害图片并标好类别|k.dataset m.image d.agriculture t.classification w.labelling|田间作物叶片病害图像库，六十类|k.dataset m.image d.agriculture t.classification
人形机器人公司征集家庭场景遥操作动作数据|k.dataset m.motion t.manipulation w.embodied|灵巧手与双臂操作轨迹采集，已完成两万条|k.dataset m.motion t.manipulation w.embodied w.collection
银行寻求反欺诈联合建模，数据不能出行|k.research d.finance t.risk w.privacy c.no_export|联邦学习风控平台，原始数据不出域|k.platform d.finance t.risk w.privacy c.no_export
我们要建矿山安全监测，缺少井下视频样本|k.dataset m.video d.mining t.monitoring|煤矿皮带与人员行为监控录像，已脱敏|k.dataset m.video d.mining t.monitoring w.anonymization
藏语和彝语的平行语料，做机器翻译|k.dataset m.text t.translation|少数民族语言双语句对三百万|k.dataset m.text t.translation w.cleaning
需要能私有部署的标注工具，含自动预标注|k.platform w.labelling w.prelabelling c.private_deployment|多模态标注平台，内置模型辅助，可装在内网|k.platform m.multimodal w.labelling w.prelabelling c.private_deployment
中医药古籍数字化，找能识别繁体竖排的引擎|k.model m.text d.culture t.ocr|古籍文字识别模型，支持异体字|k.model m.image d.culture t.ocr
想租用一批 GPU 做行业大模型继续预训练|k.compute w.large_model w.pretraining|智算中心对外提供万卡算力，按月结算|k.compute w.large_model c.long_term
白酒厂想用传感器数据预测窖池故障|k.solution m.time_series d.food t.maintenance|酿造设备状态监控与故障预警方案|k.solution m.time_series d.food t.maintenance w.iot
招标：十万条法律合同要素抽取标注|k.labelling_service m.text d.legal t.extraction|法学背景标注员，擅长合同条款实体抽取|k.labelling_service m.text d.legal t.extraction
Looking for spoken Mandarin from call centres to train an ASR engine|k.dataset m.speech d.telecom t.speech_recognition|2,000 hours of telephone Mandarin with transcripts|k.dataset m.speech t.speech_recognition w.labelling
We need satellite images with building outlines for a mapping product|k.dataset m.remote_sensing t.segmentation d.research|Half-metre satellite imagery, footprints drawn by hand|k.dataset m.remote_sensing t.segmentation w.labelling
Seeking a vendor to rank chatbot replies by human preference|k.labelling_service m.text t.preference t.dialogue|Trained raters for RLHF of assistants|k.labelling_service m.text t.preference w.large_model
Insurer wants a model that reads damage from photos of cars|k.model m.image d.insurance t.detection|Claims vision model: dents, scratches, missing parts|k.model m.image d.insurance t.defect_detection
Hospital group needs de-identified patient records for research|k.dataset m.text d.health w.anonymization|Masked clinical notes of forty hospitals under licence|k.dataset m.text d.health w.anonymization c.licence
A robot maker asks for grasping simulation environments|k.platform t.manipulation w.synthetic w.embodied|Simulator with thousands of household objects for robot arms|k.platform t.manipulation w.synthetic w.digital_twin
Retailer looks for sales forecasting on its own servers|k.solution m.tabular d.commerce t.forecasting c.private_deployment|Demand forecasting for shops, installed on-premises|k.solution m.time_series d.commerce t.forecasting c.private_deployment
Startup seeks investors for a speech synthesis product|k.funding m.speech t.speech_synthesis|Fund for voice technology, early rounds|k.funding m.speech w.large_model
采购工业仪表读数图片，训练识别模型|k.dataset m.image d.machinery t.ocr|Photos of gauges and meters in factories, values typed in|k.dataset m.image d.machinery t.ocr w.labelling
高校需要大模型评测题库与打分服务|k.evaluation_service d.education w.benchmark w.large_model|Independent benchmarking of language models with exam questions|k.evaluation_service d.education w.benchmark w.large_model
文旅景区要多语种数字人导览|k.solution d.tourism t.image_generation t.speech_synthesis|Talking avatars that guide visitors in eight languages|k.solution d.tourism t.image_generation t.dialogue
机场希望开放行李分拣场景试点|k.scenario m.video d.aviation t.tracking|Baggage tracking vendor wants a real airport to try its system|k.scenario m.video d.aviation t.tracking c.trial
Carmaker asks for cabin audio recorded in Chinese dialects|k.dataset m.speech d.automotive t.speech_recognition|车载噪声环境下多方言语音采集成果|k.dataset m.speech d.automotive t.speech_recognition
We want annotators trained and certified in our region|k.training w.labelling|数据标注员技能培训与考证，提供实训基地|k.training w.labelling k.staff
Port operator needs container numbers read from video|k.model m.video d.shipping t.ocr|码头箱号识别算法，准确率高|k.model m.image d.shipping t.ocr
Looking for a knowledge graph of chemical reactions|k.dataset d.chemicals w.knowledge_graph|化工工艺与物性知识图谱，可授权使用|k.dataset d.chemicals w.knowledge_graph c.licence
`;

export const testPairs = `
缺儿童朗读录音，年龄四到十岁|k.dataset m.speech d.education|少儿普通话发音语料，附评分|k.dataset m.speech d.education w.labelling
想找人把两万张工地照片里的安全帽框出来|k.labelling_service m.image d.construction t.detection|建筑现场图像标注，擅长人员与防护用品|k.labelling_service m.image d.construction t.monitoring
需要城市道路监控录像做车辆跟踪研究|k.dataset m.video d.road t.tracking|路口视频数据，含车辆轨迹编号|k.dataset m.video d.road t.tracking m.trajectory
药企寻找蛋白质结构数据合作|k.research m.genomic d.pharmaceuticals|生物计算实验室开放蛋白质数据，愿共同研发|k.research m.genomic d.pharmaceuticals c.long_term
要一套能在端侧运行的手势识别模型|k.model m.video t.pose w.edge|轻量级手部关键点算法，可跑在嵌入式芯片|k.model m.image t.pose w.edge w.inference
光伏电站功率预测，要现成产品|k.solution m.time_series d.energy t.forecasting|新能源出力预测系统，已服务百座电站|k.solution m.time_series d.energy t.forecasting
征集短视频违规内容样本用于审核|k.dataset m.video d.internet t.moderation|有害视频片段库，按标签分类|k.dataset m.video t.moderation t.classification
档案馆手写卡片要录入成结构化表格|k.processing_service m.text d.government t.ocr|手写档案识别加人工校对，交付表格|k.processing_service m.text d.culture t.ocr
寻找做图文对清洗去重的供应商|k.processing_service m.multimodal w.cleaning|海量图文对数据加工，去重过滤|k.processing_service m.multimodal w.cleaning c.large_scale
园区招引具身智能训练场运营方|k.site w.embodied|可提供三千平米机器人训练场地|k.site w.embodied c.long_term
希望采购数学推理思维链数据，要求独家|k.dataset m.text t.reasoning c.exclusive|竞赛题分步解答语料，可买断|k.dataset m.text t.reasoning c.exclusive
需要医疗问诊多轮对话语料|k.dataset m.text d.health t.dialogue|医患对话脱敏数据，十二个科室|k.dataset m.text d.health t.dialogue w.anonymization
钢厂想做轧机故障诊断，有振动信号|k.solution m.time_series d.metals t.maintenance|冶金设备振动诊断整体方案|k.solution m.time_series d.metals t.maintenance
找团队把地图道路要素更新到高精度|k.labelling_service m.geospatial t.mapping t.autonomous_driving|高精地图要素标注与质检|k.labelling_service m.geospatial w.quality t.autonomous_driving
水文站想识别河道漂浮物|k.model m.video d.water t.detection|河湖巡查视觉算法，识别漂浮垃圾与水位|k.model m.video d.water t.monitoring t.detection
需要数据交易合规与确权咨询|k.consulting w.exchange w.security|数据资产入表、合规评估顾问服务|k.consulting w.exchange w.security
Need thousands of annotated warehouse images for picking robots|k.dataset m.image d.logistics t.manipulation|Bin picking photo set with masks of parcels|k.dataset m.image d.logistics t.segmentation t.manipulation
Team wanted to write instruction and answer pairs in finance|k.labelling_service m.text d.finance t.instruction|Analysts who write prompts and replies about banking|k.labelling_service m.text d.finance t.instruction
Looking for ECG traces labelled by cardiologists|k.dataset m.biosignal d.health t.diagnosis|Heart signals of 80,000 patients with expert reading|k.dataset m.biosignal d.health w.labelling t.diagnosis
We seek a retrieval-augmented assistant for our maintenance manuals|k.solution m.text d.machinery w.rag t.question_answering|Question answering over technical documents for factories|k.solution m.text d.machinery w.rag t.question_answering
Want motion capture of sports to animate game characters|k.dataset m.motion d.culture t.pose|Athletes recorded in a studio, skeletons included|k.dataset m.motion d.culture t.pose w.collection
Seeking a federated platform to share meter data between utilities|k.platform m.time_series d.energy w.privacy|Secure computation platform proven with power companies|k.platform m.tabular d.energy w.privacy
Bank wants receipts and invoices read automatically|k.model m.image d.finance t.ocr|Document reader for invoices, statements and cheques|k.model m.image d.finance t.ocr t.extraction
Publisher looks for a summarizer of news in Chinese|k.model m.text d.media t.summarization|News abstracting engine, fine-tuned on press text|k.model m.text d.media t.summarization w.fine_tuning
求购无人机航拍林区影像，带树种标签|k.dataset m.remote_sensing d.agriculture t.classification|Aerial photos of forests, species named by foresters|k.dataset m.remote_sensing d.agriculture t.classification w.labelling
需要呼叫中心情绪识别模型|k.model m.speech d.telecom t.sentiment|Detects anger and joy in phone calls|k.model m.speech d.telecom t.sentiment
寻求芯片厂晶圆图异常检测方案|k.solution m.image d.electronics t.anomaly|Wafer map anomaly finder, turnkey|k.solution m.image d.electronics t.anomaly
想要代码补全训练语料，须有授权|k.dataset m.code t.code_generation c.licence|Licensed repositories with comments for coding assistants|k.dataset m.code t.code_generation c.licence
Looking for a Chinese partner to record street sounds in Chengdu|k.collection_service m.sound w.collection|环境声音实地采集团队，覆盖西南城市|k.collection_service m.sound w.collection c.on_site
Need crowd workers to check product categories of an online shop|k.labelling_service m.text d.commerce t.classification w.crowdsourcing|电商商品类目众包审核，日产十万条|k.labelling_service m.text d.commerce t.classification w.crowdsourcing
Hotel chain asks for a recommender of local restaurants|k.model m.tabular d.hospitality t.recommendation|餐饮推荐算法，基于用户画像|k.model m.tabular d.hospitality t.recommendation
We want to try railway track inspection on a real line|k.scenario m.image d.rail t.defect_detection|铁路局开放轨道病害检测试点场景|k.scenario m.video d.rail t.defect_detection c.trial
`;
